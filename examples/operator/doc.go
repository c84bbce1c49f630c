// Package operator tries two controllers that delete the volumes of pods which are gone:
// before takes a pod that it could not ask for as gone, and after does not.
package operator
