"""Records against gold: matching, scores, reports."""
