package calls

import (
	"go/types"
	"strings"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
)

// statusWords are how the names of replies that go-swagger generates end, and their statuses:
// https://github.com/go-swagger/go-swagger, generator/templates/server/responses.gotmpl
var statusWords = map[string]string{
	"BadRequest": "400", "Unauthorized": "401", "Forbidden": "403", "NotFound": "404", "Conflict": "409", "Gone": "410",
	"UnprocessableEntity": "422", "TooManyRequests": "429",
	"InternalServerError": "500", "BadGateway": "502", "ServiceUnavailable": "503", "GatewayTimeout": "504",
}

// responder returns the status of the reply that a function makes whose result writes itself, by
// its name: 404 of NewGetUserNotFound; "" for none.
func responder(fn *types.Func) string {
	results := fn.Signature().Results()
	if results.Len() != 1 || !strings.HasPrefix(fn.Name(), "New") {
		return ""
	}
	write, _, _ := types.LookupFieldOrMethod(results.At(0).Type(), true, fn.Pkg(), "WriteResponse")
	method, ok := write.(*types.Func)
	if !ok || method.Signature().Params().Len() == 0 || !absint.IsReply(method.Signature().Params().At(0).Type()) {
		return ""
	}
	for word, status := range statusWords {
		if strings.HasSuffix(fn.Name(), word) {
			return status
		}
	}
	return ""
}
