package fires

import (
	"database/sql"

	"github.com/gofiber/fiber/v3"
	"github.com/labstack/echo/v5"
)

const ask = `SELECT name FROM users WHERE id = $1`

func ByFiber(c fiber.Ctx, db *sql.DB) error {
	var name string
	if err := db.QueryRow(ask, c.Params("id")).Scan(&name); err != nil {
		return c.Status(fiber.StatusNotFound).SendString("no such user") // want `ByFiber: replies 404, as for a row that does not exist, when Scan times out \(collapse\)`
	}
	return c.SendString(name)
}

func ByEcho(c *echo.Context, db *sql.DB) error {
	var name string
	if err := db.QueryRow(ask, c.Param("id")).Scan(&name); err != nil {
		return echo.NewHTTPError(404, "no such user") // want `ByEcho: answers .*, as for a row that does not exist, when Scan times out \(collapse\)`
	}
	return c.String(200, name)
}
