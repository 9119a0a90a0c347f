//! How text looks: what an element is told, by its attributes and by the page's own style sheets, and what that means for
//! the text in it.

use html5ever::Attribute;

use super::declaration::{Ground, Said, ground, is_white};

/// What an element is told of its own looks.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Own {
    /// No browser shows such an element.
    gone: bool,
    /// By its attributes, which every rule of a sheet overrules.
    shown: Said,
    /// By its attribute `style`, and what is important there.
    style: (Said, Said),
}

/// How the text in an element looks, by what it and all around it are told.
#[expect(
    clippy::struct_excessive_bools,
    reason = "five ways to be hidden, each inherited by its own rule"
)]
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    gone: bool,
    invisible: bool,
    tiny: bool,
    indented: bool,
    white: bool,
    ground: Ground,
}

impl Look {
    /// `sheet` is what the style sheets say of the element, and what is important there.
    pub(super) fn inside(self, own: Own, sheet: (Said, Said)) -> Self {
        let said = own
            .shown
            .then(sheet.0)
            .then(own.style.0)
            .then(sheet.1)
            .then(own.style.1);
        Self {
            gone: self.gone || own.gone || said.is_gone(),
            invisible: said.visible.map_or(self.invisible, |visible| !visible),
            tiny: said.tiny.unwrap_or(self.tiny),
            indented: said.indented.unwrap_or(self.indented),
            white: said.white.unwrap_or(self.white),
            ground: said.ground.unwrap_or(self.ground),
        }
    }

    pub(super) fn is_hidden(self) -> bool {
        self.gone
            || self.invisible
            || self.tiny
            || self.indented
            || (self.white && self.ground == Ground::White)
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
                "hidden" => own.shown.none = Some(true),
                "color" => own.shown.white = Some(is_white(value)),
                "bgcolor" => own.shown.ground = Some(ground(value)),
                "background" => own.shown.ground = Some(Ground::Other),
                "style" => own.style = Said::of(value),
                _ => {}
            }
        }
        own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(styles: &[&str]) -> bool {
        let look = styles.iter().fold(Look::default(), |look, style| {
            let own = Own {
                style: Said::of(style),
                ..Own::default()
            };
            look.inside(own, Default::default())
        });
        look.is_hidden()
    }

    #[test]
    fn looks_add_up() {
        for (styles, want) in [
            (&["display:none"][..], true),
            (&["DISPLAY : None !important"], true),
            (&["display:none", "display:block"], true),
            (&["display:none;display:block"], false),
            (&["display:none!important;display:block"], true),
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
            (&["position:absolute;left:-9999px"], true),
            (&["left:-9999px;position:fixed"], true),
            (&["left:-9999px"], false),
            (&["position:absolute;left:-10px"], false),
            (&["position:absolute;top:-200%"], true),
            (&["margin-left:-9999px"], true),
            (&["margin:0 0 0 -999em"], true),
            (&["margin:-5px 0"], false),
            (&["text-indent:-9999px"], true),
            (&["text-indent:-9999px", "text-indent:0"], false),
            (&["text-indent:-2em"], false),
            (&["position:absolute;clip:rect(0 0 0 0)"], true),
            (&["position:absolute;clip:rect(1px, 1px, 1px, 1px)"], true),
            (&["clip:rect(0,0,0,0)"], false),
            (&["clip-path:inset(50%)"], true),
            (&["clip-path:circle(40px)"], false),
            (&["height:0;overflow:hidden"], true),
            (&["max-height:0px;overflow-y:hidden"], true),
            (&["width:1px;height:1px;overflow:hidden"], true),
            (&["height:0"], false),
            (&["height:20px;overflow:hidden"], false),
            (&["transform:scale(0)"], true),
            (&["transform:translateX(-9999px)"], true),
            (&["transform:rotate(3deg)"], false),
            (&["opacity:0"], true),
            (&["opacity:0.5"], false),
            (&["dis\\70lay:none"], true),
            (&["display:/* c */none"], true),
            (&[""], false),
        ] {
            assert_eq!(hidden(styles), want, "{styles:?}");
        }
    }
}
