//! Mailboxes: messages one after another, each read as a file of its own.

use std::ops::ControlFlow;

use mail_parser::mailbox::mbox::MessageIterator;
use stripout_model::Code;

use super::claims::is_mailbox;
use super::input;
use crate::Options;
use crate::document::{Content, Document, Each, Layer, Signs};

pub(crate) struct Mbox;

impl Document for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["mbox", "mbx"]
    }

    fn claims(&self, signs: Signs<'_>) -> bool {
        matches!(signs, Signs::Head(head) if is_mailbox(head.bytes))
    }

    fn layers(&self, whole: &[u8], _: &str, options: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
        let limit = options.limits.members;
        // Reading from memory does not fail.
        let messages = MessageIterator::new(whole).map_while(Result::ok);
        for (i, message) in messages.enumerate() {
            if i == limit {
                return each(Err(input(
                    Code::InputTooLarge,
                    "the mailbox has too many messages",
                    format!("the limit is members = {limit}; the first {limit} were read"),
                    "split the mailbox, or raise the limit",
                )));
            }
            each(Ok(Layer {
                name: Some(format!("message-{:04}", i + 1)),
                content: Content::File(message.unwrap_contents()),
                reserve: None,
            }))?;
        }
        ControlFlow::Continue(())
    }
}
