"""What is done with a contract in force: use cases of projects, milestones, payments and what comes between.

Every use case takes the project's lock first, so that a dispute and a payment cannot pass each other.
"""
