// Package scenario tries each feature in the whole program: who asks, what they get, and what
// must be absent from it. What a feature does by itself is tested beside it; what needs the
// program stands here, where it is compiled, linked and filled once for all of them.
package scenario
