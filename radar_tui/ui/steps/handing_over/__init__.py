"""What the customer sees when the laptop is handed to them, and the page before it."""
