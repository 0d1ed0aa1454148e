"""The committees of a convention: who was asked, who came, what was decided and is being followed."""
