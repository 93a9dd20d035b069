"""Rounds of voting in the window: dots for many statements, the fist of five for one."""
