"""A study: a grid of runs, made headless, with every core busy until the last of them is done.

study.py      what a study is: STUDY.toml read and checked, and the grid it stands for
"""
