package browser

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	c "github.com/chromedp/chromedp"
)

// offline cuts every request of the tab and tells the page so, or joins it again.
// A worker of the page is passed by while it is cut: it has a line of its own. Where
// the worker is to be seen at work, take the server away instead.
func offline(ctx context.Context, target *c.Target, cut bool) error {
	if _, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	if _, err := cdp.Call(ctx, target, network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: cut}); err != nil {
		return err
	}
	rule := network.EmulateNetworkConditionsByRuleParams{}
	if cut {
		rule.MatchedNetworkConditions = []*network.Conditions{{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}}
	}
	if _, err := cdp.Call(ctx, target, network.EmulateNetworkConditionsByRule, rule); err != nil {
		return err
	}
	_, err := cdp.Call(ctx, target, network.OverrideNetworkState, network.OverrideNetworkStateParams{
		Offline: cut, DownloadThroughput: -1, UploadThroughput: -1,
	})
	return err
}
