"""The schemas as versioned data that an analyst can edit."""
