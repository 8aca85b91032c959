package world

import "chibo/organization"

// concern is one concern of a cell in a month: what is asked, said, decided and
// given out about it.
type concern struct {
	title      string
	question   string
	opinions   []string // the first ones agree and inform
	proposal   string
	conclusion string
	task       string
	doneWhen   string
	target     int
	unit       string
}

var residentialThemes = []concern{
	{
		"giữ vệ sinh môi trường, phân loại rác tại nguồn", "Làm thế nào để các hộ trong ngõ phân loại rác đúng giờ thu gom?",
		[]string{
			"Các hộ đầu ngõ đã làm tốt, cuối ngõ còn để rác sau giờ thu gom; đề nghị tổ tự quản nhắc từng hộ.",
			"Qua kiểm tra, thùng rác hữu cơ ở nhà văn hóa luôn đầy trước 19 giờ, cần thêm một thùng.",
			"Báo cáo của chi ủy sát thực tế; gia đình tôi nhận làm mẫu việc ủ rác hữu cơ.",
		},
		"Phường bố trí thêm một chuyến thu gom vào tối thứ Bảy.",
		"Tiếp tục vận động các hộ phân loại rác tại nguồn; mỗi đảng viên phụ trách từ ba đến năm hộ quanh nhà.",
		"Vận động các hộ ký cam kết phân loại rác", "Có bản cam kết ký tên từng hộ", 12, "hộ",
	},
	{
		"bảo đảm an ninh trật tự, phòng cháy trong khu dân cư", "Vì sao vẫn còn hộ kinh doanh để hàng chắn lối thoát nạn?",
		[]string{
			"Đã nhắc ba hộ ở đầu phố, hai hộ chuyển hàng ngay, một hộ xin đến cuối tuần.",
			"Tổ liên gia đã có 14 bình chữa cháy, còn thiếu hai điểm treo chuông báo.",
			"Cách làm của chi ủy là đúng; cần tập huấn thêm một buổi cho người cao tuổi.",
		},
		"Công an phường hướng dẫn sử dụng bình chữa cháy ngay tại nhà văn hóa.",
		"Rà soát toàn bộ hộ vừa ở vừa kinh doanh; hộ nào còn chắn lối thoát nạn thì lập danh sách báo phường.",
		"Kiểm tra lối thoát nạn các hộ vừa ở vừa kinh doanh", "Có danh sách kết quả từng hộ", 20, "hộ",
	},
	{
		"chăm lo gia đình chính sách, người cao tuổi", "Gia đình nào trong tổ cần chi bộ giúp trước?",
		[]string{
			"Đã thăm năm gia đình, bác ở số nhà 9 ốm nặng cần người đưa đi khám định kỳ.",
			"Hội phụ nữ nhận nấu cơm thứ Sáu hằng tuần cho hai cụ sống một mình.",
			"Tôi xin góp một phần quà cho cháu học giỏi vượt khó.",
		},
		"Lập danh sách người cao tuổi sống một mình để phân công đảng viên ở gần thăm hỏi.",
		"Phân công đảng viên ở gần thăm hỏi người cao tuổi sống một mình ít nhất mỗi tuần một lần.",
		"Lập danh sách và phân công thăm người cao tuổi sống một mình", "Danh sách có người phụ trách", 8, "cụ",
	},
	{
		"chuyển đổi số, giúp người dân làm thủ tục trực tuyến", "Người cao tuổi trong tổ còn vướng gì khi làm thủ tục trên mạng?",
		[]string{
			"Nhiều bác không nhớ mật khẩu, tổ công nghệ số phải đến tận nhà.",
			"Tháng trước đã giúp được 18 người, chủ yếu là xin cấp giấy khai sinh cho cháu.",
			"Nên giữ buổi hướng dẫn tối thứ Tư tại nhà văn hóa.",
		},
		"Mời các cháu đoàn viên trực cùng tổ công nghệ số vào cuối tuần.",
		"Duy trì buổi hướng dẫn tối thứ Tư; đoàn thanh niên cử người trực sáng Chủ nhật.",
		"Giúp người dân nộp hồ sơ trực tuyến", "Ghi sổ từng lượt giúp", 15, "lượt",
	},
}

var schoolThemes = []concern{
	{
		"nâng cao chất lượng dạy học", "Giờ dạy nào còn nặng đọc chép và sửa thế nào?",
		[]string{
			"Tổ chuyên môn đã dự tám giờ, sáu giờ xếp loại tốt, hai giờ cần rút kinh nghiệm về phân bố thời gian.",
			"Học sinh lớp cuối cấp tiến bộ rõ sau khi chia nhóm phụ đạo.",
			"Tôi xin nhận dạy mẫu một tiết vào tuần thứ hai.",
		},
		"Bố trí thêm một buổi sinh hoạt chuyên môn liên trường.",
		"Mỗi đảng viên là giáo viên dự giờ ít nhất hai tiết trong tháng và ghi nhận xét công khai trong tổ.",
		"Dự giờ và góp ý cho đồng nghiệp", "Có phiếu dự giờ", 6, "tiết",
	},
	{
		"xây dựng trường học an toàn, phòng chống bạo lực học đường", "Các thầy cô chủ nhiệm phát hiện dấu hiệu bất thường bằng cách nào?",
		[]string{
			"Hộp thư góp ý nhận ba thư, đã trao đổi riêng với phụ huynh.",
			"Giờ ra chơi khu nhà B thiếu người trực, cần chia lại lịch.",
			"Giữ lịch trực hai người một khu như chi ủy nêu.",
		},
		"Mời chuyên gia tâm lý nói chuyện với học sinh lớp cuối cấp.",
		"Chia lại lịch trực giờ ra chơi; giáo viên chủ nhiệm báo cáo tình hình lớp vào thứ Sáu hằng tuần.",
		"Trực giờ ra chơi khu nhà B", "Sổ trực ghi đủ", 10, "buổi",
	},
}

var officeThemes = []concern{
	{
		"giải quyết hồ sơ đúng hạn, cải cách hành chính", "Hồ sơ nào hay trễ hạn và trễ ở khâu nào?",
		[]string{
			"Tháng qua 98% hồ sơ đúng hạn, trễ chủ yếu ở khâu xác minh đất đai.",
			"Bộ phận một cửa đã dán quy trình từng bước, người dân khen dễ hiểu.",
			"Tôi xin nhận theo dõi nhóm hồ sơ đất đai.",
		},
		"Báo cho người dân biết lý do trễ bằng tin nhắn trước hạn một ngày.",
		"Không để hồ sơ trễ hạn mà không báo trước; mỗi đảng viên chịu trách nhiệm về khâu của mình.",
		"Rà soát hồ sơ trễ hạn và báo lý do cho người dân", "Không còn hồ sơ trễ chưa báo", 25, "hồ sơ",
	},
	{
		"kỷ luật, kỷ cương và văn hóa công sở", "Việc nào người dân còn phải đi lại nhiều lần?",
		[]string{
			"Đường dây nóng nhận bốn phản ánh, đã trả lời đủ.",
			"Giờ trưa vẫn có lúc quầy tiếp dân không có người trực.",
			"Phân ca trực trưa như chi ủy nêu là hợp lý.",
		},
		"Công khai số điện thoại của người trực tại quầy.",
		"Thực hiện phân ca trực trưa từ đầu tháng; trưởng bộ phận kiểm tra mỗi tuần.",
		"Lập và theo dõi lịch trực trưa", "Lịch treo tại quầy", 4, "tuần",
	},
}

// themesOf returns the concerns of a kind of cell.
func themesOf(k organization.Kind) []concern {
	switch k {
	case organization.Residential:
		return residentialThemes
	case organization.School:
		return schoolThemes
	case organization.Agency, organization.ArmedForces, organization.Health, organization.PrivateEnterprise, organization.StateEnterprise, organization.Student:
	}
	return officeThemes
}

// sayings of a month that belong to no theme.
var (
	currentAffairs = weighted{
		"Thông tin tình hình thời sự trong nước: kết quả sắp xếp đơn vị hành chính, việc chuẩn bị cho năm học và mùa vụ.",
		"Thông tin tình hình quốc tế nổi bật và định hướng tuyên truyền của cấp trên trong tháng.",
		"Thông tin tình hình của phường: tiến độ chỉnh trang tuyến phố, kết quả thu ngân sách, an ninh trật tự.",
	}
	reports = weighted{
		"Chi bộ đã hoàn thành phần lớn nhiệm vụ tháng trước; đảng viên giữ nền nếp sinh hoạt, đóng đảng phí đúng hạn.",
		"Các nhiệm vụ trọng tâm tháng trước được triển khai đúng tiến độ; một số việc còn chậm do thời tiết.",
		"Tư tưởng đảng viên ổn định; quần chúng đồng tình với chủ trương của phường.",
	}
	criticisms = weighted{
		"Tự nhận còn chậm báo cáo kết quả việc được giao, sẽ khắc phục trong tháng tới.",
		"Chi ủy cần gửi tài liệu sớm hơn để đảng viên cao tuổi có thời gian đọc.",
		"Tự nhận có lúc đến họp muộn, xin rút kinh nghiệm.",
	}
	thanks    = weighted{"Nói gọn, dễ nhớ; lần sau thêm tin của phường.", "Cảm ơn đồng chí đã chuẩn bị kỹ, ba phần cân đối.", "Phần quốc tế hơi dài, nên chọn một tin."}
	praises   = weighted{"Tích cực vận động, được bà con tin cậy.", "Hoàn thành việc được giao trước hạn.", "Giúp đỡ đồng chí già yếu đến dự sinh hoạt đều đặn."}
	causes    = weighted{"Mưa kéo dài nên phải hoãn hai buổi.", "Người phụ trách ốm, chưa có người thay.", "Một số hộ đi vắng, hẹn lại nhiều lần."}
	remedies  = weighted{"Phân công thêm một đồng chí cùng làm.", "Chuyển sang làm buổi tối và cuối tuần.", "Chi ủy làm việc trực tiếp với các hộ còn lại."}
	guidances = weighted{
		"Chi bộ giữ tốt nền nếp; cần để nhiều đồng chí phát biểu hơn và kết luận rõ người, rõ việc, rõ thời hạn.",
		"Đảng ủy ghi nhận kết quả của chi bộ; đề nghị tập trung vào việc còn chậm và báo cáo khó khăn sớm.",
	}
	reportsOfTasks = weighted{"Đã làm xong theo yêu cầu, bà con đồng tình.", "Đã hoàn thành, có danh sách kèm theo.", "Đã làm được phần lớn, còn vài hộ đi vắng."}
)
