"""Demo-ID: who it is, the code device, the password, and which accounts; each step a page of its own."""
