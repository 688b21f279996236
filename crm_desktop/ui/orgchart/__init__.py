"""The org chart of a company: laid out, drawn, arranged by mouse and keyboard, printed."""
