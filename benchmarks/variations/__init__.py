"""The sample plans in other words, orders and layouts: what is true of them stays true."""
