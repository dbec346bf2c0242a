"""The whole journey without a person: a real window, real keys, the real sign-in pages."""
