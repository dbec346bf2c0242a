"""OAuth 2.0 as the demo bank speaks it: code with PKCE, tokens, rotation and revocation."""
