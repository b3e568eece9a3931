"""The radar: what is about to surprise somebody. One rule a file in `rules`; `answer.radar` asks all."""
