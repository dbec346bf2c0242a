"""The company whose accounts the demo bank keeps: its people, parties, documents and payments, all from one seed."""
