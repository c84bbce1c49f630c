// Package silent tells a remote caller of a fault.
package silent

import (
	"database/sql"
	"errors"
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

func Failed(c *gin.Context, db *sql.DB) {
	var name string
	err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Param("id")).Scan(&name)
	if err != nil {
		_ = c.Error(RequestError{Status: http.StatusInternalServerError, Text: "no such pin", Err: err})
		return
	}
	c.JSON(http.StatusOK, name)
}

func Handed(c *gin.Context, db *sql.DB) {
	var name string
	if err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Param("id")).Scan(&name); err != nil {
		_ = c.Error(err)
		return
	}
	c.JSON(http.StatusOK, name)
}

func Gated(c *gin.Context, db *sql.DB) {
	var name string
	err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Param("id")).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		_ = c.Error(RequestError{Status: http.StatusNotFound, Text: "no such pin"})
		return
	}
	if err != nil {
		_ = c.Error(RequestError{Status: http.StatusInternalServerError, Err: err})
		return
	}
	c.JSON(http.StatusOK, name)
}

func Refused(c *gin.Context, db *sql.DB) {
	var name string
	if err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Param("id")).Scan(&name); err != nil {
		_ = c.Error(RequestError{Status: http.StatusForbidden, Text: "not yours"})
		return
	}
	c.JSON(http.StatusOK, name)
}

func Unavailable(c *fiber.Ctx, db *sql.DB) error {
	var name string
	if err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Params("id")).Scan(&name); err != nil {
		return c.Status(fiber.StatusServiceUnavailable).SendString("try again")
	}
	return c.SendString(name)
}

// handle answers what the error says.
func handle(c *fiber.Ctx, err error) error {
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return c.Status(404).SendString("no such pin")
	case errors.Is(err, http.ErrBodyNotAllowed):
		return c.Status(400).SendString("no body")
	}
	return c.Status(500).SendString("something is wrong")
}

func Helped(c *fiber.Ctx, db *sql.DB) error {
	var name string
	if err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Params("id")).Scan(&name); err != nil {
		return handle(c, err)
	}
	return c.SendString(name)
}

// A pinError is what somebody answers later.
type pinError struct{ Text string }

func (e *pinError) Error() string { return e.Text }

func newNotFoundError(text string) *pinError { return &pinError{Text: text} }

func newInternalError(text string) *pinError { return &pinError{Text: text} }

func ByName(c *gin.Context, db *sql.DB) {
	var name string
	err := db.QueryRow("SELECT name FROM pins WHERE id = ?", c.Param("id")).Scan(&name)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		_ = c.Error(newNotFoundError("the pin is gone"))
	case err != nil:
		_ = c.Error(newInternalError("nobody knows"))
	default:
		c.JSON(http.StatusOK, name)
	}
}
