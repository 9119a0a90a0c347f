//! A chart that stands alone, with its source and day: SVG without style or script, or PNG made from it.

use std::str::FromStr;

use askama::Template;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::{Chart, Look};
use crate::page::Chrome;
use crate::trouble::Trouble;
use crate::view::View;

/// Where the bars begin and how long one percent is, in pixels; how far rows are apart.
const LEFT: f64 = 352.0;
const PERCENT: f64 = 3.6;
const ROW: usize = 46;
/// Where the first line of the title stands, and how far lines are apart.
const TITLE: usize = 38;
const LINE: usize = 25;
/// Below the last row, and between lines of small print.
const FOOT: usize = 26;
const PRINT: usize = 16;
/// Letters of a line of the title, of the small print, and beside a bar.
const WIDE: usize = 62;
const SMALL: usize = 118;
const BESIDE: usize = 51;
/// Pixels of a PNG for one of the SVG.
const SCALE: f32 = 2.0;

#[derive(Template)]
#[template(path = "chart.svg")]
struct Picture<'c> {
    chart: &'c Chart,
    title: Vec<(usize, String)>,
    subtitle: usize,
    /// Where the key stands, and each entry of it from the left.
    key: usize,
    looks: Vec<(usize, Look, &'static str)>,
    /// Where the axis begins, and its lines.
    top: usize,
    axis: Vec<(f64, &'c str)>,
    bars: Vec<Drawn<'c>>,
    /// Where the rows end, and the picture.
    foot: usize,
    print: Vec<(usize, String)>,
    height: usize,
}

struct Drawn<'c> {
    y: usize,
    label: &'c str,
    /// In lines.
    value: Vec<(usize, String)>,
    value_told: &'c str,
    marks: Vec<Placed>,
}

struct Placed {
    look: Look,
    x: f64,
    width: f64,
}

/// What sort of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Svg,
    Png,
}

impl FromStr for Ending {
    type Err = Trouble;

    fn from_str(text: &str) -> Result<Self, Trouble> {
        match text {
            "svg" => Ok(Self::Svg),
            "png" => Ok(Self::Png),
            _ => Err(Trouble::NotFound),
        }
    }
}

pub(crate) async fn picture(chart: &Chart, ending: Ending, view: &View) -> Result<Response, Trouble> {
    let svg = Picture::of(chart, view).render()?;
    if ending == Ending::Svg {
        return Ok(([(CONTENT_TYPE, "image/svg+xml")], svg).into_response());
    }
    // It keeps a core busy: not on the threads that answer.
    let drawn = tokio::task::spawn_blocking(move || stripout_print::png(&svg, SCALE)).await;
    let drawn = drawn.map_err(|error| Trouble::Failed(error.to_string()))?;
    let png = drawn.map_err(|error| Trouble::Failed(error.to_string()))?;
    Ok(([(CONTENT_TYPE, "image/png")], png).into_response())
}

impl<'c> Picture<'c> {
    fn of(chart: &'c Chart, view: &View) -> Self {
        let title = placed(lines(&chart.title, WIDE), TITLE, LINE);
        let subtitle = TITLE + title.len() * LINE;
        let key = subtitle + LINE;
        let top = if chart.key.is_empty() { subtitle } else { key } + PRINT;
        let first = top + ROW - if chart.axis.is_empty() { PRINT } else { PRINT / 2 };
        let bars: Vec<Drawn<'_>> = (0..)
            .zip(&chart.bars)
            .map(|(at, bar)| {
                let y = first + at * ROW;
                Drawn {
                    y,
                    label: &bar.label,
                    value: placed(lines(&bar.value, BESIDE), y + PRINT, PRINT - 3),
                    value_told: &bar.value,
                    marks: bar
                        .marks
                        .iter()
                        .map(|mark| Placed {
                            look: mark.look,
                            x: LEFT + mark.from * PERCENT,
                            width: mark.width * PERCENT,
                        })
                        .collect(),
                }
            })
            .collect();
        let foot = first + bars.len() * ROW - ROW / 2;
        let mut print: Vec<String> = chart.notes.iter().flat_map(|note| lines(note, SMALL)).collect();
        print.push("Having such equipment is lawful unless a rule that is named says otherwise.".to_owned());
        print.push(format!(
            "Source: Stripout register, state of {}, revision {}.",
            Chrome::new(view, "", "").updated,
            view.revision
        ));
        print.push(view.url(&chart.page));
        let print = placed(print, foot + FOOT, PRINT);
        let mut from = 24;
        let looks = chart.key.iter().map(|(look, words)| {
            let at = from;
            from += 40 + words.chars().count() * 7;
            (at, *look, *words)
        });
        Self {
            looks: looks.collect(),
            height: foot + FOOT + print.len() * PRINT,
            axis: chart
                .axis
                .iter()
                .map(|(at, label)| (LEFT + at * PERCENT, label.as_str()))
                .collect(),
            chart,
            title,
            subtitle,
            key,
            top,
            bars,
            foot,
            print,
        }
    }
}

/// Lines under each other, each with where it stands.
fn placed(lines: Vec<String>, first: usize, apart: usize) -> Vec<(usize, String)> {
    let at = (0..).map(|line| first + line * apart);
    at.zip(lines).collect()
}

/// Words in lines of so many letters, as far as words allow.
fn lines(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // A number stays with its sign.
    let text = text.replace(" %", "\u{a0}%");
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
