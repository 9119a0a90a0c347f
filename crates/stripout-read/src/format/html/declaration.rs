//! What declarations of CSS say of whether text can be seen: `display: none; left: -9999px`.

use super::css::{plain, unescaped};

/// What some declarations say; `None` where they are silent.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    /// `display: none`, or the same for one program.
    pub(super) none: Option<bool>,
    hidden_by_mail_program: Option<bool>,
    transparent: Option<bool>,
    pub(super) visible: Option<bool>,
    pub(super) tiny: Option<bool>,
    pub(super) indented: Option<bool>,
    pub(super) white: Option<bool>,
    pub(super) ground: Option<Ground>,
    /// It stands where `left` and `top` say.
    positioned: Option<bool>,
    left: Option<bool>,
    top: Option<bool>,
    /// Its margin or a shift takes it out of sight.
    margin: Option<bool>,
    transform: Option<bool>,
    clip: Option<bool>,
    clip_path: Option<bool>,
    /// There is no room for text, and what does not fit is not shown.
    narrow: Option<bool>,
    low: Option<bool>,
    overflow: Option<bool>,
}

/// What is behind the letters.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    #[default]
    White,
    Other,
}

impl Said {
    /// What the declarations say, and what they say as important.
    pub(super) fn of(declarations: &str) -> (Self, Self) {
        let (mut said, mut important) = (Self::default(), Self::default());
        for declaration in plain(declarations).split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let (name, value) = (unescaped(name).to_ascii_lowercase(), value.to_ascii_lowercase());
            let value = value.trim();
            match value.split_once('!') {
                Some((value, "important")) => important.read(name.trim(), value.trim_end()),
                Some(_) => {}
                None => said.read(name.trim(), value),
            }
        }
        (said, important)
    }

    /// Whether nobody sees an element of which this is said, nor what stands in it.
    pub(super) fn is_gone(&self) -> bool {
        let is = |said: Option<bool>| said == Some(true);
        is(self.none)
            || is(self.hidden_by_mail_program)
            || is(self.transparent)
            || is(self.margin)
            || is(self.transform)
            || is(self.clip_path)
            || is(self.positioned) && (is(self.left) || is(self.top) || is(self.clip))
            || is(self.overflow) && (is(self.narrow) || is(self.low))
    }

    pub(super) fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    /// What `other` says wins.
    pub(super) fn then(self, other: Self) -> Self {
        Self {
            none: other.none.or(self.none),
            hidden_by_mail_program: other.hidden_by_mail_program.or(self.hidden_by_mail_program),
            transparent: other.transparent.or(self.transparent),
            visible: other.visible.or(self.visible),
            tiny: other.tiny.or(self.tiny),
            indented: other.indented.or(self.indented),
            white: other.white.or(self.white),
            ground: other.ground.or(self.ground),
            positioned: other.positioned.or(self.positioned),
            left: other.left.or(self.left),
            top: other.top.or(self.top),
            margin: other.margin.or(self.margin),
            transform: other.transform.or(self.transform),
            clip: other.clip.or(self.clip),
            clip_path: other.clip_path.or(self.clip_path),
            narrow: other.narrow.or(self.narrow),
            low: other.low.or(self.low),
            overflow: other.overflow.or(self.overflow),
        }
    }

    fn read(&mut self, name: &str, value: &str) {
        let last = || value.split_whitespace().last().unwrap_or_default();
        match name {
            "display" => self.none = Some(value == "none"),
            "mso-hide" => self.hidden_by_mail_program = Some(value == "all"),
            "opacity" => self.transparent = Some(is_nothing(value)),
            "visibility" => self.visible = Some(value == "visible"),
            "font-size" => self.tiny = Some(is_nothing(value)),
            "text-indent" => self.indented = Some(is_far(value)),
            "color" => self.white = Some(is_white(value)),
            "background-color" => self.ground = Some(ground(value)),
            "background" | "background-image" if !matches!(value, "none" | "inherit" | "") => {
                let first = value.split_whitespace().next().unwrap_or_default();
                self.ground = Some(if value.contains("url(") {
                    Ground::Other
                } else {
                    ground(first)
                });
            }
            "position" => self.positioned = Some(!matches!(value, "static" | "sticky")),
            "left" | "right" | "inset-inline-start" => self.left = Some(is_far(value)),
            "top" | "bottom" => self.top = Some(is_far(value)),
            "margin-left" | "margin-top" => self.margin = Some(is_far(value)),
            "margin" => {
                self.margin = Some(is_far(last()) || value.split_whitespace().next().is_some_and(is_far));
            }
            "transform" => self.transform = Some(takes_away(value)),
            "clip" => self.clip = Some(is_no_area(value)),
            "clip-path" => self.clip_path = Some(is_no_area(value)),
            "width" | "max-width" => self.narrow = Some(is_small(value)),
            "height" | "max-height" => self.low = Some(is_small(value)),
            "overflow" | "overflow-x" | "overflow-y" => {
                self.overflow = Some(matches!(last(), "hidden" | "clip"));
            }
            _ => {}
        }
    }
}

/// `12px` is 12 and `px`.
fn measure(value: &str) -> Option<(f32, &str)> {
    let end = value
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '+' | '.')))
        .unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    Some((number.parse().ok()?, unit.trim()))
}

/// `0`, `0px`, `0.0em`, `0%`.
fn is_nothing(value: &str) -> bool {
    measure(value).is_some_and(|(number, _)| number.abs() < 0.01)
}

/// Room for no letter.
fn is_small(value: &str) -> bool {
    measure(value).is_some_and(|(number, unit)| number.abs() < 0.01 || number <= 1.0 && unit == "px")
}

/// So far to the left or up that no screen shows it.
fn is_far(value: &str) -> bool {
    measure(value).is_some_and(|(number, unit)| {
        number
            <= match unit {
                "px" | "pt" => -900.0,
                "em" | "rem" | "ex" | "ch" | "cm" | "in" => -60.0,
                "%" | "vw" | "vh" => -100.0,
                _ => f32::NEG_INFINITY,
            }
    })
}

/// `scale(0)`, `translateX(-9999px)`.
fn takes_away(value: &str) -> bool {
    value.split(')').any(|one| {
        let (name, arguments) = one.split_once('(').unwrap_or_default();
        let mut arguments = arguments.split(',').map(str::trim);
        match name.trim() {
            "scale" | "scalex" | "scaley" | "scale3d" => arguments.any(is_nothing),
            "translate" | "translatex" | "translatey" | "translate3d" => arguments.any(is_far),
            _ => false,
        }
    })
}

/// `rect(0 0 0 0)`, `inset(50%)`, `circle(0)`: what is left of the element is a point.
fn is_no_area(value: &str) -> bool {
    let Some((shape, arguments)) = value.split_once('(') else {
        return false;
    };
    let arguments = arguments.trim_end_matches(')').replace(',', " ");
    let mut sizes = arguments.split_whitespace().map(measure);
    match shape.trim() {
        "rect" => {
            arguments.split_whitespace().count() > 0 && sizes.all(|it| it.is_some_and(|(n, _)| n <= 1.0))
        }
        "inset" => sizes
            .next()
            .flatten()
            .is_some_and(|(n, unit)| unit == "%" && n >= 50.0),
        "circle" | "ellipse" => sizes.next().flatten().is_some_and(|(n, _)| n.abs() < 0.01),
        _ => false,
    }
}

pub(super) fn ground(value: &str) -> Ground {
    let value = value.trim().to_ascii_lowercase();
    if is_white(&value)
        || matches!(
            value.as_str(),
            "transparent" | "inherit" | "initial" | "unset" | ""
        )
    {
        Ground::White
    } else {
        Ground::Other
    }
}

pub(super) fn is_white(value: &str) -> bool {
    let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    matches!(
        value.to_ascii_lowercase().as_str(),
        "white"
            | "#fff"
            | "#ffff"
            | "#ffffff"
            | "#ffffffff"
            | "ffffff"
            | "rgb(255,255,255)"
            | "rgba(255,255,255,1)"
            | "transparent"
    )
}
