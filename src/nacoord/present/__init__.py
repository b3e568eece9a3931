"""How an answer looks: words, colour and formats. Decides nothing."""
