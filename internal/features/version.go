package features

// Version numbers the features: a model trained under another version is
// refused.
//
//	1  first features
const Version = 1
