//! A chart as PNG, with the fonts of this program alone.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use crate::PrintError;
use crate::face::{BOLD, HAN, SANS};

/// Pixels of a side, at most.
const LARGEST: f32 = 8_000.0;
const FAMILY: &str = "Noto Sans";

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for font in [SANS, BOLD, HAN] {
        fonts.load_font_data(font.to_vec());
    }
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// The chart in so many pixels a unit. Nothing is read from anywhere else, whatever it refers to.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, PrintError> {
    let failed = |because: String| PrintError::Picture(because);
    let options = Options {
        font_family: FAMILY.into(),
        fontdb: FONTS.clone(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| failed(error.to_string()))?;
    let side = |length: f32| {
        let pixels = (length * scale).ceil();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "held between 1 and the largest"
        )]
        (1.0..=LARGEST).contains(&pixels).then_some(pixels as u32)
    };
    let whole = tree.size();
    let extent = side(whole.width()).zip(side(whole.height()));
    let mut pixels = extent
        .and_then(|(width, height)| Pixmap::new(width, height))
        .ok_or_else(|| failed("it has no size, or is too large".into()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| failed(error.to_string()))
}
