//! What an element says of its own looks, in its attributes. Style sheets are not read.

use html5ever::Attribute;

/// What an element says itself.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Own {
    gone: bool,
    visible: Option<bool>,
    tiny: Option<bool>,
    white: Option<bool>,
    ground: Option<Ground>,
}

/// What is behind the letters.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    #[default]
    White,
    Other,
}

/// How the text in an element looks, by what it and all around it say.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four ways to be hidden, each inherited by its own rule"
)]
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    gone: bool,
    invisible: bool,
    tiny: bool,
    white: bool,
    ground: Ground,
}

impl Look {
    pub(super) fn inside(self, own: Own) -> Self {
        Self {
            gone: self.gone || own.gone,
            invisible: own.visible.map_or(self.invisible, |visible| !visible),
            tiny: own.tiny.unwrap_or(self.tiny),
            white: own.white.unwrap_or(self.white),
            ground: own.ground.unwrap_or(self.ground),
        }
    }

    pub(super) fn is_hidden(self) -> bool {
        self.gone || self.invisible || self.tiny || (self.white && self.ground == Ground::White)
    }
}

impl Own {
    /// `gone` says that no browser shows such an element.
    pub(super) fn of(attributes: &[Attribute], gone: bool) -> Self {
        let mut own = Self {
            gone,
            ..Self::default()
        };
        for attribute in attributes {
            let value: &str = &attribute.value;
            match &*attribute.name.local {
                "hidden" => own.gone = true,
                "color" => own.white = Some(is_white(value)),
                "bgcolor" => own.ground = Some(ground(value)),
                "background" => own.ground = Some(Ground::Other),
                "style" => own.read(value),
                _ => {}
            }
        }
        own
    }

    fn read(&mut self, style: &str) {
        for declaration in style.split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value.to_ascii_lowercase();
            let value = value.trim().trim_end_matches("!important").trim_end();
            match name.trim().to_ascii_lowercase().as_str() {
                "display" => self.gone |= value == "none",
                "mso-hide" => self.gone |= value == "all",
                "opacity" => self.gone |= is_nothing(value),
                "visibility" => self.visible = Some(value == "visible"),
                "font-size" => self.tiny = Some(is_nothing(value)),
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
                _ => {}
            }
        }
    }
}

/// `0`, `0px`, `0.0em`, `0%`.
fn is_nothing(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse::<f32>().is_ok_and(|n| n.abs() < 0.01)
}

fn ground(value: &str) -> Ground {
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

fn is_white(value: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(styles: &[&str]) -> bool {
        let look = styles.iter().fold(Look::default(), |look, style| {
            let mut own = Own::default();
            own.read(style);
            look.inside(own)
        });
        look.is_hidden()
    }

    #[test]
    fn looks_add_up() {
        for (styles, want) in [
            (&["display:none"][..], true),
            (&["DISPLAY : None !important"], true),
            (&["display:none", "display:block"], true),
            (&["visibility:hidden"], true),
            (&["visibility:hidden", "visibility: visible"], false),
            (&["font-size:0"], true),
            (&["font-size:0px", "font-size:12px"], false),
            (&["font-size:0.9em"], false),
            (&["color:#FFF"], true),
            (&["color: rgb(255, 255, 255)"], true),
            (&["background:#003366", "color:white"], false),
            (&["background:url(x.png)", "color:white"], false),
            (&["background:#003366", "background:white", "color:white"], true),
            (&["color:#fff", "color:#000"], false),
            (&["mso-hide:all"], true),
            (&["color:#333;background:#fff"], false),
            (&[""], false),
        ] {
            assert_eq!(hidden(styles), want, "{styles:?}");
        }
    }
}
