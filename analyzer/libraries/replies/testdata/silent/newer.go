package silent

import (
	"database/sql"
	"errors"

	"github.com/gofiber/fiber/v3"
	"github.com/labstack/echo/v5"
)

const ask = `SELECT name FROM users WHERE id = $1`

func ByFiber(c fiber.Ctx, db *sql.DB) error {
	var name string
	err := db.QueryRow(ask, c.Params("id")).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return c.Status(fiber.StatusNotFound).SendString("no such user")
	}
	if err != nil {
		return c.Status(fiber.StatusServiceUnavailable).SendString("ask again later")
	}
	return c.SendString(name)
}

func ByEcho(c *echo.Context, db *sql.DB) error {
	var name string
	err := db.QueryRow(ask, c.Param("id")).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return echo.NewHTTPError(404, "no such user")
	}
	if err != nil {
		return echo.NewHTTPError(500, "ask again later")
	}
	return c.String(200, name)
}
