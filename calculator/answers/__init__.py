"""What would change the answer for the proposed option, worked out beside one estimate."""
