"""What many screens share: a page, its tabs, a form, taking back, questions, a sync beside the work."""
