package calls

import "testing"

// TestNames holds each name pattern to names that it must match, and to as many
// that it must not.
func TestNames(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		what    string
		match   func(string) bool
		yes, no []string
	}{
		{"gate", NamedGate, []string{"IsNotFound", "isNoSuchContainer", "Is404", "ErrMissing"}, []string{"IsTimeout", "IsConflict", "Retryable", "IsRunning"}},
		{"either", NamedEither, []string{"IsRetriableOrNotFound", "goneOrMissing"}, []string{"IsNotFound", "IsOrphaned", "NotFoundError", "storeOrderMissing"}},
		{"logger", namedLogger, []string{"Printf", "Warn", "Errorw", "RecordError", "Debugf"}, []string{"Handle", "Store", "Send", "Notify", "Run"}},
		{"poll", NamedPoll, []string{"PollUntilContextTimeout", "Eventually", "retry", "waitFor"}, []string{"Do", "Each", "Run", "Filter"}},
		{"exit", namedExit, []string{"Fatal", "Fatalf", "FailNow", "Panicf"}, []string{"Error", "Fail", "Exited", "Skipped"}},
		{"action", NamedAction, []string{"Start", "ExecInContainer", "pullImage", "EnsureRunning"}, []string{"Status", "Inspect", "Running", "Startup"}},
		{"iterator", NamedIterator, []string{"Range", "ForEach", "WalkDir", "Iterate"}, []string{"Filter", "Map", "Wait", "ContainsFunc"}},
		{"doubt", NamedDoubt, []string{"StateUnknown", "unknown", "n/a", "-", "known"}, []string{"stopped", "StateGone", "not found", "unhealthy"}},
		{"absence", NamedAbsence, []string{"exited", "not running", "no such container", "none", "stopped", "disabled", "not configured"}, []string{"running", "healthy", "up", "created", "enabled", "configured"}},
		{"state", NamedState, []string{"Running", "Up", "Exists", "ContainerStatus"}, []string{"ID", "Name", "UpdateAvailable", "Labels"}},
		{"list", NamedList, []string{"ContainerList", "ListContainers", "docker ps", "podman image ls"}, []string{"ContainerInspect", "docker inspect", "LoadContainer", "ImageStatus"}},
		{"search", namedSearch, []string{"Contains", "Include", "containsString", "InSlice", "SliceContains", "hasKey"}, []string{"HasPrefix", "Inspect", "Insert", "IsRunning", "init"}},
		{"absence text", absenceText().MatchString, []string{"user not found", "no such file", "pool does not exist", "用户不存在"}, []string{"not running", "found", "existing"}},
		{"absence text of something else", absenceText().MatchString, []string{"no stream found", "no active deployment exists"}, []string{"no", "no way to connect", "found"}},
		{"outcome", NamedOutcome, []string{"ok", "success", "Known", "upToDate"}, []string{"running", "total", "tokens", "found"}},
		{"count", NamedCount, []string{"countActivePods", "CountUsers", "memberCount", "lenOf", "TotalSize"}, []string{"Account", "Country", "idOf", "Index", "GetParentID"}},
		{"fault", namedFault, []string{"ErrTimeout", "DeadlineExceeded", "ErrConnClosed", "ErrServerBusy", "connection refused"}, []string{"ErrInvalidName", "ErrDuplicate", "23505", "NoSuchTagSet", "ErrUnauthorized"}},
		{"maker", namedMaker, []string{"ErrTooMany", "NewErrTaken"}, []string{"Err", "Error", "Errors", "LastErr"}},
		{"keeper", namedKeeper, []string{"Wrapf", "NewInfra", "statusError", "WithStack", "E"}, []string{"Handle", "Check", "Run", "IsNotFound", "Each"}},
	} {
		for _, name := range test.yes {
			if !test.match(name) {
				t.Errorf("%s is no %s", name, test.what)
			}
		}
		for _, name := range test.no {
			if test.match(name) {
				t.Errorf("%s is taken for a %s", name, test.what)
			}
		}
	}
}
