// Package replies requires what the library names.
package replies

import (
	_ "connectrpc.com/connect"
	_ "github.com/gin-gonic/gin"
	_ "github.com/gofiber/fiber/v2"
	_ "github.com/gofiber/fiber/v3"
	_ "github.com/labstack/echo/v4"
	_ "github.com/labstack/echo/v5"
)
