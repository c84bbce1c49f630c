package fires

import (
	"testdata/query"
)

func HasUsers(group string) (bool, error) {
	q := query.Q.User
	n, err := q.Where(q.Email.Eq(group)).Count()
	if err != nil {
		return false, nil // want `HasUsers: answers \(false, nil\), as for a row that does not exist, when Count times out \(collapse\)`
	}
	return n > 0, nil
}

func Closed(email string) bool {
	q := query.Q.User
	n, _ := q.Where(q.Email.Eq(email)).Count() // want `Closed: drops the error of Count and answers false, as for a row that does not exist, when Count times out \(discard\)`
	return n == 1
}

func IDOf(email string) *string {
	q := query.Q.User
	var id string
	if err := q.Where(q.Email.Eq(email)).Scan(&id); err != nil {
		return nil // want `IDOf: answers nil, as for a row that does not exist, when Scan times out \(collapse\)`
	}
	return &id
}

// Any error of the query below says that the name is free.
func Join(u *query.User) error {
	q := query.Q.User
	if _, err := q.Where(q.Email.Eq(u.Email)).First(); err == nil {
		return errInUse
	}
	return q.Create(u) // want `Join: calls Create, by Create, as for a row that does not exist, when First times out \(destroy\)`
}
