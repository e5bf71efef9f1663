"""What the API shows: responses as models, built from the case and nothing else."""
