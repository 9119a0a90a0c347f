//! JSON, OCDS and archives through the public interface.

mod hostile;
mod reading;
mod shapes;
