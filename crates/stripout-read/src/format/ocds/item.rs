//! The items of a notice and how many of them there are: `items[].quantity` and `items[].unit`.

use serde_json::Value;
use stripout_model::LineItem;

use crate::json::{Unit, escape};

/// The items of a release, wherever they stand in it. None where it is no strict JSON.
pub(super) fn items(unit: &Unit<'_>) -> Vec<LineItem> {
    let mut found = Vec::new();
    if let Ok(release) = serde_json::from_str::<Value>(&unit.whole()) {
        walk(&release, &mut unit.pointer.clone(), &mut found);
    }
    found
}

/// Nothing is nested too deep: the parser has refused that.
fn walk(value: &Value, pointer: &mut String, found: &mut Vec<LineItem>) {
    let length = pointer.len();
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                pointer.push('/');
                pointer.push_str(&escape(key));
                if let (b"items", Value::Array(items)) = (key.as_bytes(), member) {
                    for (index, item) in items.iter().enumerate() {
                        found.extend(line(item, format!("{pointer}/{index}")));
                    }
                }
                walk(member, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                pointer.push('/');
                pointer.push_str(&index.to_string());
                walk(element, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn line(item: &Value, pointer: String) -> Option<LineItem> {
    let quantity = match item.get("quantity")? {
        // Publishers write 12.0 for 12.
        Value::Number(number) => number.to_string().trim_end_matches(".0").parse().ok()?,
        Value::String(text) => text.trim().parse().ok()?,
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let said = |key: &str| item.get("unit")?.get(key)?.as_str().map(str::trim);
    let unit = said("name")
        .or_else(|| said("id"))
        .filter(|unit| !unit.is_empty());
    Some(LineItem {
        pointer,
        quantity,
        unit: unit.map(str::to_owned),
    })
}
