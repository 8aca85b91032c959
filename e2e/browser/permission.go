package browser

import (
	"context"

	device "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	c "github.com/chromedp/chromedp"
)

// Allow lets the program have a permission, such as "notifications", as somebody does
// who presses Allow.
func (p *Page) Allow(permission string) {
	p.t.Helper()
	p.permit(permission, device.PermissionSettingGranted)
}

// Refuse keeps a permission from the program.
func (p *Page) Refuse(permission string) {
	p.t.Helper()
	p.permit(permission, device.PermissionSettingDenied)
}

func (p *Page) permit(permission string, setting device.PermissionSetting) {
	p.t.Helper()
	p.do(c.Func(func(ctx context.Context, target *c.Target) error {
		_, err := cdp.Call(ctx, target, device.SetPermission, device.SetPermissionParams{
			Permission: &device.PermissionDescriptor{Name: permission}, Setting: setting, Origin: p.url,
		})
		return err
	}))
}
