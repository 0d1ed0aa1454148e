"""Pictures of a territory: pure functions from answers of the engine to a chart, its sentence and its table."""
