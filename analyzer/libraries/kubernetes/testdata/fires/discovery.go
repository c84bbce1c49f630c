package fires

import "k8s.io/client-go/discovery"

// What the API server did not say is not what it does not have.
func HasRoutes(client discovery.DiscoveryInterface) bool {
	groups, err := client.ServerGroups()
	if err != nil {
		return false // want `HasRoutes: answers false, as for a group that does not exist, when ServerGroups times out \(collapse\)`
	}
	for _, group := range groups.Groups {
		if group.Name == "route.openshift.io" {
			return true
		}
	}
	return false
}
