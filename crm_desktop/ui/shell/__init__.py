"""The window around the pages: menus, sidebar, search, toasts, and what happens in every page."""
