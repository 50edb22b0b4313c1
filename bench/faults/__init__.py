"""Money through every failure: a server killed again and again while people buy.

    python -m bench.faults [--orders 500] [--kills 100] [--engine sqlite|postgresql] [--seed 1]

Guests buy from five producers over HTTP, by card and by transfer; sellers send and cancel. The
server, with the worker in it, is killed with SIGKILL at random moments; the payment service (the
tests' Stripe on loopback) loses, doubles and mixes its messages and now and then an answer. Then
two weeks pass by the clock, in which everything that was left lying is taken up. In the end every
order is whole or absent, nobody was charged or paid twice, the books sum to nothing, the stock is
right and the doctor is content; each fault is one line, and the exit code says whether there are
any. A person whose request ends in nothing sends it again, as people do.
"""
