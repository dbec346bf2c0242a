"""What sheets have in common that speak: the system's file dialogs, and the tables of what was done before."""
