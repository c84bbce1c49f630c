package silent

import (
	"log"

	"k8s.io/client-go/tools/cache"
)

// DeleteExpectations finds what it deletes in memory.
func DeleteExpectations(store cache.Store, key string) {
	if item, there, err := store.GetByKey(key); err == nil && there {
		if err := store.Delete(item); err != nil {
			log.Print(err)
		}
	}
}
