"""One HTTP client for `bank` and `sign_in`: bounded, without redirects, with errors of our own."""
