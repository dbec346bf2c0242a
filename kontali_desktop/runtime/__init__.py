"""Qt without windows: the loop, the owner of tasks, the heartbeat, crash reports."""
