//! JSON, OCDS and archives through the public interface.

mod archives;
mod hostile;
mod ocds;
mod reading;
mod shapes;
