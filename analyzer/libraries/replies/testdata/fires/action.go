package fires

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/gin-gonic/gin"
)

// A jobs is a client of who runs jobs.
type jobs struct{ db *sql.DB }

// Stop asks somebody to end a job.
func (j *jobs) Stop(ctx context.Context, name string) error {
	_, err := j.db.ExecContext(ctx, "UPDATE jobs SET state = 'stopped' WHERE name = ?", name)
	return err
}

// What could not be done is not what is not there.
func (j *jobs) StopHandler(c *gin.Context) {
	if err := j.Stop(c, c.Param("job")); err != nil {
		c.AbortWithStatus(http.StatusNotFound) // want `StopHandler: replies 404, as for a resource that does not exist, when Stop times out \(collapse\)`
		return
	}
	c.Status(http.StatusNoContent)
}
