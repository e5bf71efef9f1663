"""What pages show: small frozen objects with every sentence, date and duration computed."""
