"""What the customer or the office gets on paper."""
