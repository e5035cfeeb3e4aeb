"""The chart by pandas and matplotlib: the same groups, the same size."""
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd

source, target = sys.argv[1:3]
units = pd.read_csv(source).groupby("region")["units"].sum().sort_values(ascending=False)
figure, axes = plt.subplots(figsize=(8, 4.5), dpi=200)
axes.bar(units.index, units.values)
axes.set_xlabel("region")
axes.set_ylabel("units")
figure.savefig(target)
