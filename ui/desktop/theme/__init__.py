"""How the window looks: two sets of tokens, one stylesheet made from them."""
