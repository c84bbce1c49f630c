// Package fires answers a remote caller "not found" whatever is wrong.
package fires

import (
	"database/sql"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
)

// A RequestError is what somebody answers later.
type RequestError struct {
	Status int
	Text   string
	Err    error
}

func (e RequestError) Error() string { return e.Text }

func Pinned(c *gin.Context, db *sql.DB) {
	var name string
	err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Param("id")).Scan(&name)
	if err != nil {
		_ = c.Error(RequestError{Status: http.StatusNotFound, Text: "no such pin", Err: err}) // want `Pinned: replies 404, as for a row that does not exist, when Scan times out \(collapse\)`
		return
	}
	c.JSON(http.StatusOK, name)
}

func Blamed(c *gin.Context, db *sql.DB) {
	var name string
	err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Param("id")).Scan(&name)
	if err != nil {
		_ = c.Error(RequestError{Status: http.StatusBadRequest, Text: "is the token right?"}) // want `Blamed: replies 400, .* \(collapse\)`
		return
	}
	c.JSON(http.StatusOK, name)
}

func Named(c *fiber.Ctx, db *sql.DB) error {
	var name string
	err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Params("id")).Scan(&name)
	if err != nil {
		return c.Status(fiber.StatusNotFound).SendString("not found, or expired") // want `Named: replies 404, as for a row that does not exist, when Scan times out \(collapse\)`
	}
	return c.SendString(name)
}

func Listed(c *fiber.Ctx, db *sql.DB) error {
	var name string
	if err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Params("id")).Scan(&name); err != nil {
		return c.Status(404).JSON(fiber.Map{"error": "not found"}) // want `Listed: replies 404, .* \(collapse\)`
	}
	return c.JSON(name)
}

// count is told of no absence: who has none has 0.
func count(db *sql.DB) (n int, err error) {
	err = db.QueryRow("SELECT count(*) FROM pins").Scan(&n)
	return n, err
}

func Counted(c *gin.Context, db *sql.DB) {
	n, err := count(db)
	if err != nil {
		c.JSON(http.StatusNotFound, "no pins") // want `Counted: replies 404, .* when count \(Scan\) times out \(collapse\)`
		return
	}
	c.JSON(http.StatusOK, fmt.Sprint(n))
}

// newNotFoundError makes what somebody answers later, and says by its name as what.
func newNotFoundError(text string) *RequestError { return &RequestError{Text: text} }

func (e *RequestError) Unwrap() error { return e.Err }

func ByName(c *gin.Context, db *sql.DB) {
	var name string
	err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Param("id")).Scan(&name)
	if err != nil {
		_ = c.Error(newNotFoundError("the pin is gone")) // want `ByName: replies 404, as for a row that does not exist, when Scan times out \(collapse\)`
		return
	}
	c.JSON(http.StatusOK, name)
}

// What could not be ended is not what is not there.
func (j *jobs) EndHandler(c *gin.Context) {
	if err := j.Stop(c, c.Param("job")); err != nil {
		_ = c.Error(newNotFoundError("job")) // want `EndHandler: replies 404, as for a resource that does not exist, when Stop times out \(collapse\)`
		return
	}
	c.Status(http.StatusNoContent)
}
