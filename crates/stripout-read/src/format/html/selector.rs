//! Selectors of CSS: `p.note`, `#reply > p`, `.menu li`.

use super::css::unescaped;

/// What a selector asks of an element.
pub(super) trait Element: Sized {
    /// In small letters.
    fn name(&self) -> &str;
    fn id(&self) -> Option<&str>;
    fn classes(&self) -> impl Iterator<Item = &str>;
    /// Calls with what it stands in, if anything.
    fn parent<T>(&self, ask: impl FnOnce(&Self) -> T) -> Option<T>;
}

/// What a rule is looked up by: the rarest thing that its last part asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Id(Box<str>),
    Class(Box<str>),
    Name(Box<str>),
    Any,
}

impl Key {
    /// Every key that an element may be found by.
    pub(super) fn each(element: &impl Element, mut each: impl FnMut(Self)) {
        if let Some(id) = element.id() {
            each(Self::Id(id.into()));
        }
        let mut seen: Vec<&str> = Vec::new();
        for class in element.classes() {
            if !seen.contains(&class) {
                seen.push(class);
                each(Self::Class(class.into()));
            }
        }
        each(Self::Name(element.name().into()));
        each(Self::Any);
    }
}

/// From the element itself outwards.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Selector {
    parts: Vec<(Part, Within)>,
}

/// How the part before it is tied to an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// It is around it.
    Around,
    /// It is right around it.
    Parent,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Part {
    name: Option<Box<str>>,
    ids: Vec<Box<str>>,
    classes: Vec<Box<str>>,
}

/// Longer ones are not read.
const PARTS: usize = 16;

impl Selector {
    /// `None` for what asks for more than can be told here: states, neighbours, other attributes.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut parts: Vec<(Part, Within)> = Vec::new();
        let mut within = Within::Around;
        for word in text.replace('>', " > ").split_whitespace() {
            if word == ">" {
                within = Within::Parent;
                continue;
            }
            parts.push((Part::of(word)?, within));
            within = Within::Around;
        }
        // The tie of a part is told at the one inside it, where matching goes on from.
        parts.reverse();
        (1..=PARTS).contains(&parts.len()).then_some(Self { parts })
    }

    pub(super) fn key(&self) -> Key {
        let Some((part, _)) = self.parts.first() else {
            return Key::Any;
        };
        match (part.ids.first(), part.classes.first(), &part.name) {
            (Some(id), ..) => Key::Id(id.clone()),
            (None, Some(class), _) => Key::Class(class.clone()),
            (None, None, Some(name)) => Key::Name(name.clone()),
            (None, None, None) => Key::Any,
        }
    }

    /// Ids, classes, names, as CSS weighs them.
    pub(super) fn exactness(&self) -> (usize, usize, usize) {
        self.parts
            .iter()
            .fold((0, 0, 0), |(ids, classes, names), (part, _)| {
                let named = usize::from(part.name.is_some());
                (ids + part.ids.len(), classes + part.classes.len(), names + named)
            })
    }

    /// `left` is how often elements may still be asked; at none, nothing fits.
    pub(super) fn fits(&self, element: &impl Element, left: &mut u64) -> bool {
        match self.parts.split_first() {
            Some(((part, within), outer)) => {
                part.fits(element, left) && fits_around(outer, *within, element, left)
            }
            None => false,
        }
    }
}

/// Whether elements around this one fit.
fn fits_around(outer: &[(Part, Within)], within: Within, element: &impl Element, left: &mut u64) -> bool {
    let Some(((part, next), more)) = outer.split_first() else {
        return true;
    };
    let around = element.parent(|parent| {
        if part.fits(parent, left) {
            if fits_around(more, *next, parent, left) {
                return true;
            }
            // One further out may stand right in what is asked for; nothing else would be better there.
            if *next == Within::Around {
                return false;
            }
        }
        within == Within::Around && fits_around(outer, within, parent, left)
    });
    around.unwrap_or(false)
}

impl Part {
    fn of(word: &str) -> Option<Self> {
        let mut part = Self::default();
        let (mut rest, mut sign) = (word, ' ');
        loop {
            let end = next_sign(rest);
            let (name, after) = rest.split_at_checked(end)?;
            let name = unescaped(name);
            match (sign, &*name) {
                (' ', "" | "*") => {}
                (_, "") => return None,
                (' ', name) if is_name(name) => part.name = Some(name.to_ascii_lowercase().into()),
                ('#', name) => part.ids.push(name.into()),
                ('.', name) => part.classes.push(name.into()),
                _ => return None,
            }
            let mut left = after.chars();
            match left.next() {
                None => break,
                Some(c @ ('#' | '.')) => sign = c,
                // `:root` and the like, `[x]`, `+`, `~`.
                Some(_) => return None,
            }
            rest = left.as_str();
        }
        Some(part)
    }

    fn fits(&self, element: &impl Element, left: &mut u64) -> bool {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        self.name.as_deref().is_none_or(|name| name == element.name())
            && self.ids.iter().all(|id| element.id() == Some(id))
            && self
                .classes
                .iter()
                .all(|class| element.classes().any(|own| own == &**class))
    }
}

/// Where a name ends; escaped signs are part of it.
fn next_sign(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match c {
            '\\' => escaped = true,
            '#' | '.' | ':' | '[' | '+' | '~' | ')' | '(' | '&' => return at,
            _ => {}
        }
    }
    text.len()
}

fn is_name(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}
