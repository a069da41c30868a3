"""What the service tells those who run it: a log, and counts. Nothing that a person sent is in either.

logs     one line for each thing that happened, on standard error
tally    what is worth counting, and the tally that counts nothing
metrics  the tally that Prometheus reads
"""
