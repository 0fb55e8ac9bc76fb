"""What runs inside Rasa's process. The pure part also imports in the application's environment."""
