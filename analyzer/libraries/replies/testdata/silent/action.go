package silent

import (
	"context"
	"database/sql"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
)

var errNoJob = errors.New("no such job")

// A jobs is a client of who runs jobs.
type jobs struct{ db *sql.DB }

// Stop asks somebody to end a job.
func (j *jobs) Stop(ctx context.Context, name string) error {
	result, err := j.db.ExecContext(ctx, "UPDATE jobs SET state = 'stopped' WHERE name = ?", name)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err == nil && n == 0 {
		return errNoJob
	}
	return nil
}

// What is not there is told from what could not be done.
func (j *jobs) StopHandler(c *gin.Context) {
	err := j.Stop(c, c.Param("job"))
	switch {
	case errors.Is(err, errNoJob):
		c.AbortWithStatus(http.StatusNotFound)
	case err != nil:
		c.AbortWithStatus(http.StatusBadGateway)
	default:
		c.Status(http.StatusNoContent)
	}
}

// Who reads the request asks nobody, and what is not in it cannot be found.
func (j *jobs) UploadHandler(c *gin.Context) {
	file, _, err := c.Request.FormFile("file")
	if err != nil {
		c.AbortWithStatus(http.StatusNotFound)
		return
	}
	defer file.Close()
	var name struct{ Job string }
	if err := c.BindUri(&name); err != nil {
		c.AbortWithStatus(http.StatusNotFound)
		return
	}
	c.Status(http.StatusNoContent)
}
